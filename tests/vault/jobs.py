"""GitLab, as far as Vault sees it: somebody who signs what a job is (RFC 7519, RS256)."""

import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

URL = "https://gitlab.example.com"
PROJECT = "team/tasktracker"
AUDIENCE = "https://vault.example.com"


@dataclass
class GitLab:
    """`key` signs; Vault is told its public half."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def public_key(self) -> str:
        """As PEM."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()

    def token(self, **changed: Any) -> str:
        """The token of a job on the protected main branch of our project, with these claims changed."""
        now = int(time.time())
        claims = {
            "iss": URL,
            "aud": AUDIENCE,
            "sub": f"project_path:{PROJECT}:ref_type:branch:ref:main",
            "iat": now,
            "nbf": now - 5,
            "exp": now + 300,
            "project_path": PROJECT,
            "ref": "main",
            "ref_type": "branch",
            "ref_protected": "true",
            "job_id": "4711",
            **changed,
        }
        signed = f"{_encoded({'alg': 'RS256', 'typ': 'JWT'})}.{_encoded(claims)}"
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
