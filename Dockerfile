# One image for every part of a system: Prefect's server, workers, dispatcher, reviewer form.
# What each of them runs is in docker-compose.yml; without a command it is the form.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /opt/polycue
# The lock files are complete and hashed, as for `make setup`. server.lock has what Prefect's server
# needs to stand on Redis; what that needs in turn is in run.lock.
COPY requirements requirements
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-deps --require-hashes -r requirements/pip.lock \
 && .venv/bin/python -m pip install --no-deps --require-hashes -r requirements/run.lock \
 && .venv/bin/python -m pip install --no-deps --require-hashes -r requirements/server.lock
COPY pyproject.toml README.md LICENSE prefect.yaml ./
COPY asr asr
COPY flows flows
COPY review review
COPY subtitles subtitles
COPY translate translate
# In place, so that prefect.yaml stays beside the rooms.
RUN .venv/bin/python -m pip install --no-deps --no-build-isolation -e .

FROM python:${PYTHON}
RUN groupadd --gid 10001 polycue \
 && useradd --uid 10001 --gid polycue --home-dir /workspace --no-create-home --shell /usr/sbin/nologin polycue \
 && install --directory --owner=polycue --group=polycue /workspace
COPY --from=build /opt/polycue /opt/polycue
ENV PATH=/opt/polycue/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    POLYCUE_HOME=/workspace PREFECT_HOME=/workspace/prefect \
    DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false
WORKDIR /workspace
VOLUME /workspace
USER polycue
EXPOSE 9321
# The form's; services that run something else have a check of their own.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:9321/health', timeout=4)"]
CMD ["polycue", "review", "--host", "0.0.0.0"]
