BEGIN;

-- The whole file as it was published; what cases take over into their terms is `content`.
ALTER TABLE "policies" ADD COLUMN "file" JSONB;

-- AlterTable
ALTER TABLE "stores" ADD COLUMN "calendar" TEXT,
ADD COLUMN "hours" JSONB,
ADD COLUMN "retired_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "calendars" (
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "horizon" DATE NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "calendars_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "engineers" (
    "id" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "skills" TEXT[],

    CONSTRAINT "engineers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channels" (
    "prefix" TEXT NOT NULL,
    "store" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL,
    "two_way" BOOLEAN NOT NULL,
    "carries_urls" BOOLEAN NOT NULL,
    "needs_templates" BOOLEAN NOT NULL,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("prefix","store")
);

-- CreateIndex
CREATE INDEX "engineers_store_idx" ON "engineers"("store");

COMMIT;
