# One image for migrate, api and worker: compiled, with production dependencies only.
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# No package that runs here needs its install script; the one that does is the PostgreSQL of a single machine.
RUN npm ci --ignore-scripts
COPY . .
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true CHECKPOINT_DISABLE=1 npx prisma generate \
  && npx tsc --noEmit false --rootDir . --outDir dist \
  && rm -r dist/test \
  && cp -r prisma/migrations prisma/schema.prisma dist/prisma/ \
  && cp -r api/pages/docs dist/api/pages/ \
  && cp -r api/pages/customer/templates api/pages/customer/page.css dist/api/pages/customer/

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY --from=build /src/dist ./
USER node
CMD ["node", "api/main.js"]
