# Built by `make image`. docs/decisions/0017-image-and-hardening.md says why it is as it is.
#
# Pinned by digest; `skopeo inspect docker://docker.io/library/python:3.13-slim-trixie` names the newest one.
ARG BASE_IMAGE=docker.io/library/python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b

# --- What the program needs: changes with the locks alone ------------------------------------------------------------

FROM ${BASE_IMAGE} AS dependencies
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PYTHONHASHSEED=0
WORKDIR /build
COPY requirements/build.txt requirements/serve.txt ./
# Where packages come from is the builder's own business: both secrets may be missing, and no layer keeps them.
RUN --mount=type=secret,id=pip-configuration,target=/etc/pip.conf \
    --mount=type=secret,id=certificates,target=/run/certificates.crt \
    python3 -m venv tools \
    && tools/bin/pip install --quiet --require-hashes --only-binary :all: --requirement build.txt \
    && python3 -m venv --without-pip /opt/tasktracker \
    && tools/bin/pip --python /opt/tasktracker/bin/python install --quiet --require-hashes --only-binary :all: \
        --no-compile --requirement serve.txt
COPY deploy/container/layers.py deploy/container/left_out.py deploy/container/
# Always the same time: addresses of NiceGUI's own files are made of it, and the layer is the same for the same locks.
RUN python3 -m deploy.container.layers trim /opt/tasktracker \
    && python3 -m deploy.container.layers finish /opt/tasktracker /opt/tasktracker 1577836800

# --- The program: changes with every commit --------------------------------------------------------------------------

FROM dependencies AS program
ARG SOURCE_DATE_EPOCH
COPY pyproject.toml README.md LICENSE .gitignore ./
COPY tasktracker ./tasktracker
RUN tools/bin/pip wheel --quiet --no-deps --no-index --no-build-isolation --wheel-dir wheels . \
    && tools/bin/pip --python /opt/tasktracker/bin/python install --quiet --no-deps --no-index --no-compile \
        wheels/*.whl
COPY deploy/container/healthy.py /layer/opt/tasktracker/bin/
# The commit's time: two images of one commit give the program's scripts the same addresses, of two commits others.
RUN python3 -m deploy.container.layers lift tasktracker /opt/tasktracker /layer \
    && python3 -m deploy.container.layers finish /layer / "${SOURCE_DATE_EPOCH:?is missing: make image gives the time of the commit}"

# --- The image -------------------------------------------------------------------------------------------------------

FROM ${BASE_IMAGE}
RUN echo 'tasktracker:x:10001:10001::/var/lib/tasktracker:/usr/sbin/nologin' >> /etc/passwd \
    && echo 'tasktracker:x:10001:' >> /etc/group \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/tasktracker /run/tasktracker
COPY --from=dependencies /opt/tasktracker /opt/tasktracker
COPY --from=program /layer /

# The only folder that is written to. Large uploads wait there too, since nothing else may be written.
ENV PATH=/opt/tasktracker/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/var/lib/tasktracker \
    TMPDIR=/var/lib/tasktracker \
    TASKTRACKER_DATA_FOLDER=/var/lib/tasktracker \
    TASKTRACKER_HOST=0.0.0.0
WORKDIR /var/lib/tasktracker
VOLUME /var/lib/tasktracker
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=3 \
    CMD ["/opt/tasktracker/bin/python", "-I", "/opt/tasktracker/bin/healthy.py"]
ENTRYPOINT ["/opt/tasktracker/bin/tasktracker"]
CMD ["serve"]

# Last, so that a build of another commit begins here and not above.
ARG BASE_IMAGE
ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="tasktracker" \
      org.opencontainers.image.description="A task tracker for teams" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.base.name="${BASE_IMAGE}"
