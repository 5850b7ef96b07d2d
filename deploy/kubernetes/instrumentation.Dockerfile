# live-otel as an image to copy from: for the OpenTelemetry Operator, or for an init container of your own.
#   docker build -f instrumentation.Dockerfile -t registry.example.com/live-otel-instrumentation:0.2.0 .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /autoinstrumentation
ARG LIVE_OTEL=live-otel@0.2.0
RUN npm install --no-audit --no-fund ${LIVE_OTEL} @opentelemetry/api
# The name that the operator requires.
RUN echo "require('live-otel/register');" > autoinstrumentation.js && chmod -R go+r .

FROM busybox:1.37
COPY --from=build /autoinstrumentation /autoinstrumentation
