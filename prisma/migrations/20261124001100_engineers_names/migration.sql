BEGIN;

-- As customers are told who comes: by language, since an English text cannot carry Chinese letters at the same length.
ALTER TABLE "engineers" ADD COLUMN "name" JSONB NOT NULL DEFAULT '{}';

COMMIT;
