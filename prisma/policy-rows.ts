import type { PoolClient } from 'pg';
import type { PolicyFile } from '../domain/policies/policy-file';

/** Writes what was checked, inside the transaction of the caller. */
export async function writePolicy(client: PoolClient, file: PolicyFile): Promise<void> {
  const { version, policy, ladders, calendars } = file;
  const content = { ...policy, ladders };
  await client.query('INSERT INTO policies (version, content, file) VALUES ($1, $2, $3)', [version, content, file]);
  await client.query(
    `INSERT INTO calendars (id, version, horizon, content)
     SELECT c->>'id', $1, (c->>'horizon')::date, c FROM jsonb_array_elements($2) c`,
    [version, JSON.stringify(calendars)],
  );
  await writeStores(client, file);
  await writePeople(client, file);
  await writeSenders(client, file);
}

/** Cases that are closed still stand at a store that was dropped, so it is kept, without new ones. */
async function writeStores(client: PoolClient, { stores }: PolicyFile): Promise<void> {
  await client.query('UPDATE stores SET retired_at = now() WHERE retired_at IS NULL AND id <> ALL($1)', [
    stores.map(({ id }) => id),
  ]);
  await client.query(
    `INSERT INTO stores (id, name, city, time_zone, calendar, hours)
     SELECT s->>'id', s->'name', s->'city', s->>'timeZone', s->>'calendar', s->'hours'
     FROM jsonb_array_elements($1) s
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, city = excluded.city, time_zone = excluded.time_zone,
       calendar = excluded.calendar, hours = excluded.hours, retired_at = NULL`,
    [JSON.stringify(stores)],
  );
}

async function writePeople(client: PoolClient, { staff, engineers }: PolicyFile): Promise<void> {
  await client.query('DELETE FROM engineers');
  await client.query('DELETE FROM staff');
  await client.query(
    `INSERT INTO staff (id, role, also)
     SELECT id, role, coalesce(also, '{}') FROM jsonb_to_recordset($1) AS s (id text, role text, also text[])`,
    [JSON.stringify(staff)],
  );
  await client.query(
    `INSERT INTO engineers (id, store, name, skills)
     SELECT e->>'id', e->>'store', e->'name', ARRAY(SELECT jsonb_array_elements_text(e->'skills')) FROM jsonb_array_elements($1) e`,
    [JSON.stringify(engineers)],
  );
}

async function writeSenders(client: PoolClient, { senders }: PolicyFile): Promise<void> {
  await client.query('DELETE FROM channels');
  await client.query(
    `INSERT INTO channels (prefix, store, number, two_way, carries_urls, needs_templates, templates)
     SELECT s->>'prefix', coalesce(s->>'store', ''), s->>'number', (s->>'twoWay')::boolean, (s->>'carriesUrls')::boolean,
       (s->>'needsTemplates')::boolean, CASE WHEN s ? 'templates' THEN ARRAY(SELECT jsonb_array_elements_text(s->'templates')) END
     FROM jsonb_array_elements($1) s`,
    [JSON.stringify(senders)],
  );
}
