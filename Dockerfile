# test/operations/image.test.ts follows these steps in a folder, so that they stay right.
FROM node:24-slim

WORKDIR /app

# Without scripts: the only one of ours needs the sources, and is run below.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

COPY LICENSE LICENSE-CONTENT.md ./
COPY dialogs ./dialogs
COPY knowledge ./knowledge
COPY locales ./locales
COPY src ./src

# The conversations, the checked content and the key of the channels. All else may be read-only.
RUN mkdir /data && chown node:node /data
ENV DATA_DIR=/data
USER node
# Reads and checks the content once, so that the first start is quick.
RUN node src/cli.ts prepare
VOLUME /data

EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 8080) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "src/server.ts"]
