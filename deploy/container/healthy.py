"""Whether the server in this container is ready: says so, and ends with 1 if not. Needs nothing but Python."""

import http.client
import os
import sys

SECONDS = 3.0
OK = 200


def main() -> int:
    """Ask the readiness check on this container's own loopback."""
    port = int(os.environ.get("TASKTRACKER_PORT") or 8080)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        sys.stdout.write(answer.read().decode())
    except (OSError, http.client.HTTPException) as error:
        sys.stdout.write(f"no answer on port {port}: {error}")
        return 1
    return 0 if answer.status == OK else 1


if __name__ == "__main__":
    sys.exit(main())
