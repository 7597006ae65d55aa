import { Router } from 'express';
import { problemKinds } from '../errors';
import { notFound } from '../problem';
import { page, escapeHtml } from './page';

/** The pages behind `type`: what a problem means and what to do. */
export function problemPages(): Router {
  const router = Router();
  router.get('/problems', (_request, response) => {
    const items = [...problemKinds].map(
      ([code, { status, title }]) =>
        `<li><a href="/problems/${code}"><code>${code}</code></a> ${status}: ${escapeHtml(title)}</li>`,
    );
    response.type('html').send(page('What can go wrong', `<ul>${items.join('')}</ul>`));
  });
  router.get('/problems/:code', (request, response) => {
    const kind = problemKinds.get(request.params.code);
    if (!kind) throw notFound();
    const text = escapeHtml(kind.page).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
    const back = '<p><a href="/problems">All problems</a> · <a href="/docs">API documentation</a></p>';
    response
      .type('html')
      .send(
        page(kind.title, `<p>HTTP ${kind.status}, code <code>${request.params.code}</code></p><p>${text}</p>${back}`),
      );
  });
  return router;
}
