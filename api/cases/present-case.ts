import type { z } from 'zod';
import { may } from '../http/authentication';
import type { Shown } from '../http/route';
import type { Caller } from '../keys';
import type { CaseRow } from './case-row';
import { maskedEmail, maskedName, maskedPhone, maskedText, hidden } from './masked';
import type { caseShown } from './shown';

export type TemporalUiLink = (caseNumber: string) => string;

/** A case as this caller may see it. */
export function presentCase(row: CaseRow, caller: Caller, temporalUi: TemporalUiLink): z.input<typeof caseShown> {
  const self = `/v1/cases/${row.caseNumber}`;
  return {
    caseNumber: row.caseNumber,
    kind: row.kind,
    status: row.status,
    ending: row.ending,
    waitingFor: row.waitingFor,
    opening: row.opening,
    openedAt: row.openedAt.toISOString(),
    now: row.now.toISOString(),
    timeZone: row.timeZone,
    nextDueAt: row.nextDueAt?.toISOString() ?? null,
    priority: row.priority,
    escalated: row.escalated,
    store: row.store,
    channel: row.channel,
    externalReference: row.externalReference,
    ...person(may(caller, 'cases:personal') ? row : masked(row)),
    terms: row.terms,
    promises: row.promises.map((promise) => ({
      ...promise,
      madeAt: new Date(promise.madeAt).toISOString(),
      dueAt: new Date(promise.dueAt).toISOString(),
      outcome: null,
      reason: null,
      lateSeconds: null,
      settledAt: null,
    })),
    actionsNow: may(caller, 'cases:write')
      ? row.actionsNow.map((name) => ({ name, href: `${self}/actions/${name}` }))
      : [],
    links: {
      self,
      promises: `${self}/promises`,
      messages: `${self}/messages`,
      timeline: `${self}/timeline`,
      temporalUi: temporalUi(row.caseNumber),
    },
  };
}

export const showCase = (row: CaseRow, caller: Caller, temporalUi: TemporalUiLink): Shown => ({
  body: presentCase(row, caller, temporalUi),
  version: row.version,
  location: `/v1/cases/${row.caseNumber}`,
});

function person(row: CaseRow) {
  return {
    shortCode: row.shortCode,
    pickupCode: row.pickupCode,
    customer: {
      name: row.name,
      phone: row.phone,
      email: row.email,
      language: row.language,
      timeZone: row.customerTimeZone,
      address: row.address,
      consents: { sms: row.consentSms, email: row.consentMail },
      channels: row.channels,
    },
    product: { category: row.category, model: row.model, serial: row.serial, boughtOn: row.boughtOn },
    fault: { description: row.fault },
    wish: row.wish,
  };
}

function masked(row: CaseRow): CaseRow {
  return {
    ...row,
    shortCode: hidden,
    pickupCode: row.pickupCode && hidden,
    name: maskedName(row.name),
    phone: maskedPhone(row.phone),
    email: maskedEmail(row.email),
    address: maskedText(row.address),
    serial: maskedText(row.serial),
    fault: maskedText(row.fault),
    wish: maskedText(row.wish),
  };
}
