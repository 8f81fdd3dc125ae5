# One image for every process of Ronde: `api` unless another command is given. See docs/guides/several-processes.md.

FROM node:20.20.2-bookworm-slim AS build
# better-sqlite3 is compiled where its binary cannot be downloaded; the headers of Node.js are those of the image.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local
WORKDIR /ronde
COPY package.json package-lock.json .npmrc ./
# What the lock names, as `npm start` does. Not `npm ci`: it refuses a lock that lacks an optional binary of another platform.
RUN npm install --no-save --no-audit --no-fund
COPY nest-cli.json tsconfig.json ./
COPY apps ./apps
COPY libs ./libs
RUN npm run build && npm prune --omit=dev --no-save --no-audit --no-fund

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 \
    DATA_DIR=/var/lib/ronde/data MASTER_KEY_FILE=/var/lib/ronde/key/master-key
RUN install --directory --owner=node --group=node --mode=700 /var/lib/ronde /var/lib/ronde/data /var/lib/ronde/key
WORKDIR /ronde
COPY --from=build /ronde/package.json ./
COPY --from=build /ronde/node_modules ./node_modules
COPY --from=build /ronde/dist ./dist
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# Alive, not ready: a process that waits for its stores says so at /health/ready, and is not to be killed for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/apps/api/src/main.js"]
