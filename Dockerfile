# saydo in a container: `docker build -t saydo .`
#
# Two stages: the first has what builds (Node, hatchling) and the network; the second has Python, saydo and its locked
# libraries, runs as a user without rights, and needs no network. The case belongs in the volume /case.

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/ requirements/
RUN python -m venv /usr/local/saydo \
 && /usr/local/saydo/bin/python -m pip install --require-hashes -r requirements/runtime.txt -r requirements/container.txt \
 && python -m venv /tmp/tools \
 && /tmp/tools/bin/python -m pip install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
COPY pyproject.toml hatch_build.py README.md LICENSE NOTICE ./
COPY src/ src/
COPY examples/ examples/
RUN /tmp/tools/bin/python -m hatchling build -t wheel -d /tmp/dist \
 && /usr/local/saydo/bin/python -m pip install --no-deps /tmp/dist/*.whl \
 && /usr/local/saydo/bin/python -m compileall -q /usr/local/saydo/lib \
 && /usr/local/saydo/bin/python -m pip uninstall --yes pip

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="saydo" \
      org.opencontainers.image.description="Sourced, structured data on events, ties and statements from reports" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-SA-4.0"
RUN groupadd --system --gid 10001 saydo \
 && useradd --system --uid 10001 --gid saydo --home-dir /case --shell /usr/sbin/nologin saydo \
 && install -d -o saydo -g saydo -m 0750 /case
COPY --from=build /usr/local/saydo /usr/local/saydo
ENV PATH="/usr/local/saydo/bin:$PATH" \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/case OMP_NUM_THREADS=1
USER 10001:10001
WORKDIR /case
VOLUME ["/case"]
EXPOSE 8765
ENTRYPOINT ["saydo"]
CMD ["--help"]
