import { Worker } from '@temporalio/worker';
import { openCompany, type Company } from '../support/company';
import { minute } from '../support/repair';
import { aVisit, at, slot } from '../support/visit';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

test('a visit in which several people spoke at once plays again as it was', async () => {
  const repair = await aVisit(company);
  const { from, by } = repair;
  await Promise.all([
    repair.does('record-contact', { about: 'other', what: '来电' }),
    repair.does('move-visit', slot(from + 10 * minute, by)),
  ]);
  await repair.forward({ until: at(by - 40 * minute) });
  await Promise.all([
    repair.does('report-departure'),
    repair.does('report-delay', { eta: at(by + 20 * minute), cause: '高架堵车' }),
  ]);
  await repair.forward({ until: at(by + 16 * minute) });
  await repair.does('report-arrival');
  await repair.forward({ minutes: 1 });
  await repair.does('finish-visit', { outcome: 'postponed', trialRun: false, certain: false, what: '停电' });
  await repair.forward({ minutes: 1 });
  const history = await repair.handle.fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: { codePath: process.env.STORIES ?? '' } }, history);
});
