import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z, type ZodObject } from 'zod';
import type { Route } from './route';

const problemShown = z
  .object({
    type: z.string().meta({ description: 'A page that explains it.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    rule: z.string().optional().meta({ description: 'The rule that refused, by id.' }),
    errors: z
      .array(z.object({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() }))
      .optional(),
    freeSlots: z
      .array(z.object({ from: z.string(), by: z.string(), engineerId: z.string() }))
      .optional()
      .meta({ description: 'Where a slot was refused: the next that can be booked.' }),
    traceId: z.string(),
  })
  .meta({ id: 'Problem' });

const idempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .meta({ description: 'One request with one body; kept 7 days. The same again gets the first outcome.' }),
});
const ifMatch = z.object({ 'If-Match': z.string().optional().meta({ description: 'The ETag that you decided on.' }) });

const description = `Service cases that keep their promises. Every POST that creates or acts needs an \`Idempotency-Key\`.
Instants are RFC 3339 in UTC, dates are days in the store's zone, errors are \`application/problem+json\`.`;

/** The routes as OpenAPI 3.1. */
export function openApiDocument(routes: Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `ack_…`',
  });
  for (const route of routes) registry.registerPath(pathOf(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'aftercare', version: '1', description },
    servers: [{ url: '/' }],
  });
}

function pathOf(route: Route): Parameters<OpenAPIRegistry['registerPath']>[0] {
  const { method, path, scope, tag, summary, params, query, body, status = 200 } = route;
  const headers = [...(route.act ? [idempotencyKey] : []), ...(tag === 'actions' ? [ifMatch] : [])];
  return {
    method,
    path,
    tags: [tag],
    summary,
    description: [route.description, scope === 'public' ? undefined : `Scope: \`${scope}\`.`].filter(Boolean).join(' '),
    ...(scope !== 'public' && { security: [{ apiKey: [] }] }),
    request: {
      ...(params && { params: params as ZodObject }),
      ...(query && { query: query as ZodObject }),
      ...(headers.length > 0 && { headers }),
      ...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [status]: {
        description: status === 201 ? 'Created.' : 'Done.',
        content: { [route.shows instanceof z.ZodString ? 'text/plain' : 'application/json']: { schema: route.shows } },
      },
      default: { description: 'A problem.', content: { 'application/problem+json': { schema: problemShown } } },
    },
  };
}
