import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from '../generated/prisma/client';

/** The application's PostgreSQL: `pool` for one statement per step, `prisma` for reads and administration. */
export interface Database {
  pool: Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
}

/**
 * Opens both on one pool. Both time-outs are shorter than an activity's attempt (4 s), so that an attempt that was given up
 * cannot write after its successor.
 */
export function openDatabase(url: string, { connections = 10 } = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 1500,
    query_timeout: 2000,
  });
  pool.on('error', () => undefined); // an idle connection was cut: the next query opens another
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
