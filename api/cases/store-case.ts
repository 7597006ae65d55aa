import type { Database } from '../../prisma/database';
import type { Opening } from '../../workflows/start-case';
import type { Claim } from '../http/idempotency';
import { newShortCode } from './case-number';
import type { NewCase } from './schema';

export interface CaseToStore {
  caseNumber: string;
  status: string;
  actionsNow: string[];
  body: NewCase;
  opening: Opening;
  claim: Claim;
}

/** The intake: case, details, outbox row and the outcome of its Idempotency-Key, all or nothing. */
export async function storeCase(pool: Database['pool'], opened: CaseToStore): Promise<void> {
  const { caseNumber, status, actionsNow, body, opening, claim } = opened;
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    await connection.query(
      `INSERT INTO cases (case_number, kind, external_reference, store, channel, priority, short_code, status, actions_now, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        caseNumber,
        body.kind,
        body.externalReference ?? null,
        body.store,
        body.channel,
        body.priority,
        newShortCode(),
        status,
        actionsNow,
        opening.openedAt,
      ],
    );
    await connection.query(
      `INSERT INTO entries (id, case_number, kind, by, details, opening, step) VALUES ($1, $2, 'intake', $3, $4, 0, 0)`,
      [claim.updateId, caseNumber, 'intake', detailsOf(body)],
    );
    await connection.query('SELECT refresh_case_details($1)', [caseNumber]);
    await connection.query(
      `INSERT INTO outbox (case_number, kind, payload, next_try_at) VALUES ($1, 'start', $2, now() + interval '2 seconds')`,
      [caseNumber, opening],
    );
    await claim.settle(connection, 201, { id: caseNumber, version: '1' });
    await connection.query('COMMIT');
    connection.release();
  } catch (error) {
    const isClean = await connection.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    connection.release(!isClean);
    throw error;
  }
}

/** What goes into `case_details`, by the names under which the database derives them. */
const detailsOf = ({ customer, product, fault, wish }: NewCase) => ({
  name: customer.name,
  phone: customer.phone,
  email: customer.email,
  language: customer.language,
  timeZone: customer.timeZone,
  address: customer.address,
  consentSms: customer.consents.sms,
  consentEmail: customer.consents.email,
  channels: customer.channels,
  ...product,
  fault: fault.description,
  wish,
});
