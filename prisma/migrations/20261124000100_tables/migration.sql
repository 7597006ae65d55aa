-- CreateTable
CREATE TABLE "policies" (
    "version" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "content" JSONB NOT NULL,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "stores" (
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "city" JSONB NOT NULL,
    "time_zone" TEXT NOT NULL,
    "opening_hours" JSONB NOT NULL,

    CONSTRAINT "stores_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "senders" (
    "prefix" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "two_way" BOOLEAN NOT NULL,

    CONSTRAINT "senders_pkey" PRIMARY KEY ("prefix")
);

-- CreateTable
CREATE TABLE "cases" (
    "case_number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "external_reference" TEXT,
    "store" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "priority" TEXT NOT NULL DEFAULT 'normal',
    "short_code" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opening" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'choosing',
    "waiting_for" TEXT NOT NULL DEFAULT 'terms',
    "actions_now" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "next_due_at" TIMESTAMPTZ(6),
    "terms" JSONB,
    "escalated" BOOLEAN NOT NULL DEFAULT false,
    "ending" TEXT,
    "version" BIGINT NOT NULL DEFAULT 1,
    "run_id" TEXT NOT NULL DEFAULT '',
    "past_runs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "clock" INTEGER NOT NULL DEFAULT 0,
    "taken" BIGINT NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("case_number")
);

-- CreateTable
CREATE TABLE "case_details" (
    "case_number" TEXT NOT NULL,
    "name" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "language" TEXT NOT NULL DEFAULT 'zh-CN',
    "time_zone" TEXT,
    "address" TEXT,
    "consent_sms" BOOLEAN NOT NULL DEFAULT false,
    "consent_email" BOOLEAN NOT NULL DEFAULT false,
    "category" TEXT,
    "model" TEXT,
    "serial" TEXT,
    "bought_on" DATE,
    "fault" TEXT,
    "wish" TEXT,

    CONSTRAINT "case_details_pkey" PRIMARY KEY ("case_number")
);

-- CreateTable
CREATE TABLE "entries" (
    "id" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(6),
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "details" JSONB NOT NULL DEFAULT '{}',
    "words" JSONB NOT NULL DEFAULT '{}',
    "opening" INTEGER,
    "step" INTEGER,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline" (
    "id" BIGSERIAL NOT NULL,
    "xact" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "run_id" TEXT NOT NULL,
    "clock" INTEGER NOT NULL,
    "taken" BIGINT NOT NULL,
    "step" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "written_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "note" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "entry_id" TEXT,
    "superseded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "timeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promises" (
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "promise" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "matter" TEXT NOT NULL,
    "keeper" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "because" JSONB NOT NULL,
    "superseded" BOOLEAN NOT NULL DEFAULT false,
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "promises_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promise_outcomes" (
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "promise" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "late_seconds" INTEGER,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "superseded" BOOLEAN NOT NULL DEFAULT false,
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "promise_outcomes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_versions" (
    "id" BIGSERIAL NOT NULL,
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "task" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "matter" TEXT NOT NULL,
    "not_before" TIMESTAMPTZ(6) NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "because" JSONB NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,
    "reminded" BOOLEAN NOT NULL DEFAULT false,
    "holder" TEXT,
    "claimed_until" TIMESTAMPTZ(6),
    "result" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "superseded" BOOLEAN NOT NULL DEFAULT false,
    "replaced_by_step" INTEGER,

    CONSTRAINT "task_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settled_matters" (
    "id" BIGSERIAL NOT NULL,
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "matter" TEXT NOT NULL,
    "superseded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "settled_matters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "matter" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "channel" TEXT NOT NULL DEFAULT 'sms',
    "language" TEXT,
    "recipient" TEXT,
    "sender" TEXT,
    "two_way" BOOLEAN,
    "body" TEXT,
    "body_hash" TEXT,
    "said_at" TIMESTAMPTZ(6),
    "useful_until" TIMESTAMPTZ(6),
    "deferred_until" TIMESTAMPTZ(6),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "message_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "sid" TEXT,
    "state" TEXT NOT NULL,
    "error_code" TEXT,
    "submitted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_look_at" TIMESTAMPTZ(6),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "twin" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("message_id","n")
);

-- CreateTable
CREATE TABLE "questions" (
    "message_id" UUID NOT NULL,
    "case_number" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "matter" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(6),
    "closed_step" INTEGER,

    CONSTRAINT "questions_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "inbound_messages" (
    "sid" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "case_number" TEXT,
    "message_id" UUID,
    "choice" TEXT,

    CONSTRAINT "inbound_messages_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "opt_outs" (
    "number" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "opt_outs_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "desk_tasks" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "inbound_sid" TEXT NOT NULL,
    "case_number" TEXT,
    "role" TEXT NOT NULL DEFAULT 'desk',
    "not_before" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "holder" TEXT,
    "claimed_until" TIMESTAMPTZ(6),
    "done_at" TIMESTAMPTZ(6),
    "done_by" TEXT,
    "result" TEXT,

    CONSTRAINT "desk_tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carrier_readings" (
    "list" TEXT NOT NULL,
    "complete_to" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "carrier_readings_pkey" PRIMARY KEY ("list")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "case_number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_try_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_clocks" (
    "case_number" TEXT NOT NULL,
    "offset_millis" BIGINT NOT NULL,

    CONSTRAINT "case_clocks_pkey" PRIMARY KEY ("case_number")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "stores" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "api_key_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "update_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(6),
    "status" INTEGER,
    "reference" TEXT,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("api_key_id","key")
);

-- CreateIndex
CREATE INDEX "cases_store_status_idx" ON "cases"("store", "status");

-- CreateIndex
CREATE INDEX "cases_opened_at_case_number_idx" ON "cases"("opened_at", "case_number");

-- CreateIndex
CREATE INDEX "cases_external_reference_idx" ON "cases"("external_reference");

-- CreateIndex
CREATE INDEX "cases_waiting_for_idx" ON "cases"("waiting_for");

-- CreateIndex
CREATE INDEX "cases_next_due_at_idx" ON "cases"("next_due_at");

-- CreateIndex
CREATE INDEX "case_details_phone_idx" ON "case_details"("phone");

-- CreateIndex
CREATE INDEX "case_details_email_idx" ON "case_details"("email");

-- CreateIndex
CREATE INDEX "case_details_serial_idx" ON "case_details"("serial");

-- CreateIndex
CREATE INDEX "case_details_name_idx" ON "case_details"("name");

-- CreateIndex
CREATE INDEX "entries_case_number_step_idx" ON "entries"("case_number", "step");

-- CreateIndex
CREATE INDEX "timeline_case_number_opening_step_idx" ON "timeline"("case_number", "opening", "step");

-- CreateIndex
CREATE INDEX "timeline_xact_id_idx" ON "timeline"("xact", "id");

-- CreateIndex
CREATE INDEX "promises_case_number_opening_step_idx" ON "promises"("case_number", "opening", "step");

-- CreateIndex
CREATE INDEX "promise_outcomes_case_number_opening_step_idx" ON "promise_outcomes"("case_number", "opening", "step");

-- CreateIndex
CREATE INDEX "task_versions_case_number_opening_step_idx" ON "task_versions"("case_number", "opening", "step");

-- CreateIndex
CREATE INDEX "task_versions_role_due_at_idx" ON "task_versions"("role", "due_at");

-- CreateIndex
CREATE INDEX "settled_matters_case_number_matter_idx" ON "settled_matters"("case_number", "matter");

-- CreateIndex
CREATE UNIQUE INDEX "messages_key_key" ON "messages"("key");

-- CreateIndex
CREATE INDEX "messages_case_number_at_idx" ON "messages"("case_number", "at");

-- CreateIndex
CREATE INDEX "messages_recipient_state_idx" ON "messages"("recipient", "state");

-- CreateIndex
CREATE INDEX "messages_state_changed_at_idx" ON "messages"("state", "changed_at");

-- CreateIndex
CREATE UNIQUE INDEX "attempts_sid_key" ON "attempts"("sid");

-- CreateIndex
CREATE INDEX "attempts_next_look_at_idx" ON "attempts"("next_look_at");

-- CreateIndex
CREATE INDEX "questions_number_sender_idx" ON "questions"("number", "sender");

-- CreateIndex
CREATE INDEX "questions_case_number_matter_idx" ON "questions"("case_number", "matter");

-- CreateIndex
CREATE INDEX "inbound_messages_case_number_idx" ON "inbound_messages"("case_number");

-- CreateIndex
CREATE INDEX "inbound_messages_sender_received_at_idx" ON "inbound_messages"("sender", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "desk_tasks_inbound_sid_key" ON "desk_tasks"("inbound_sid");

-- CreateIndex
CREATE INDEX "desk_tasks_done_at_due_at_idx" ON "desk_tasks"("done_at", "due_at");

-- CreateIndex
CREATE INDEX "outbox_done_at_next_try_at_idx" ON "outbox"("done_at", "next_try_at");

-- CreateIndex
CREATE INDEX "outbox_case_number_id_idx" ON "outbox"("case_number", "id");

-- CreateIndex
CREATE INDEX "idempotency_started_at_idx" ON "idempotency"("started_at");
