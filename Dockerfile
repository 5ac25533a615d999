# The image of Trailport, for amd64 and arm64. docs/containers.md explains how to run it.
#
#   docker build --tag trailport .
#   docker run --publish 3000:3000 --volume trailport:/data --stop-timeout 30 trailport
ARG NODE=node:22-bookworm-slim

FROM $NODE AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build
RUN node deploy/image/collect.mjs /app

FROM $NODE
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 TRAILPORT_DATA_DIR=/data
# Group 0 may write, because OpenShift chooses the user and keeps that group.
RUN mkdir /data && chown 1000:0 /data && chmod 770 /data
COPY --from=build /app /app
WORKDIR /app
USER 1000:0
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "dist/container.js", "health"]
# Node itself is process 1, so that signals reach it. The first argument is web, worker or migrate; none runs everything.
ENTRYPOINT ["node", "--enable-source-maps", "dist/container.js"]
