import { actions } from './cases/actions';
import { openCase } from './cases/open-case';
import { listCases, readCase, searchCases } from './cases/read-cases';
import { readMessages } from './cases/read-messages';
import { readPromises } from './cases/read-promises';
import { readTimeline } from './cases/read-timeline';
import type { Door } from './door';
import { readFreeSlots } from './engineers/read-free-slots';
import { readEvents } from './events/read-events';
import { openApiDocument } from './http/openapi';
import type { Route } from './http/route';
import { fastForward, type OnOneMachine } from './local/fast-forward';
import { healthz, metrics, openapi, readyz } from './operation';
import { taskActions } from './tasks/actions';
import { listTasks } from './tasks/list-tasks';

/** Everything that this door knows; router, scope check and OpenAPI document are made from it. */
export function routesOf(door: Door, onOneMachine?: OnOneMachine): Route[] {
  const routes: Route[] = [
    ...[openCase, listCases, searchCases, readCase, readPromises, readMessages, readTimeline].map((route) =>
      route(door),
    ),
    ...actions.map((route) => route(door)),
    ...[listTasks, ...taskActions].map((route) => route(door)),
    readFreeSlots(door),
    readEvents(door),
    ...(onOneMachine ? [fastForward(door, onOneMachine)] : []),
    healthz(),
    readyz(door),
    metrics(door),
    openapi(() => openApiDocument(routes)),
  ];
  return routes;
}
