import { defineSearchAttributeKey } from '@temporalio/common';

/** What operators filter by in the Temporal UI. No personal data: search attributes are never encrypted. */
export const searchAttributes = {
  caseKind: defineSearchAttributeKey('CaseKind', 'KEYWORD'),
  caseStatus: defineSearchAttributeKey('CaseStatus', 'KEYWORD'),
  waitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  store: defineSearchAttributeKey('Store', 'KEYWORD'),
  priority: defineSearchAttributeKey('Priority', 'KEYWORD'),
  escalated: defineSearchAttributeKey('Escalated', 'BOOL'),
  policyVersion: defineSearchAttributeKey('PolicyVersion', 'KEYWORD'),
};
