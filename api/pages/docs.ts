import express, { Router } from 'express';
import { join } from 'node:path';
import { getAbsoluteFSPath } from 'swagger-ui-dist';

/** The documentation page: Swagger UI from this process, nothing from elsewhere. */
export function docsPage(): Router {
  const router = Router();
  const own = join(__dirname, 'docs');
  router.use('/docs', express.static(own, { redirect: false, extensions: ['html'] }));
  router.get(['/docs', '/docs/'], (_request, response) => response.sendFile(join(own, 'index.html')));
  router.use('/docs/swagger', express.static(getAbsoluteFSPath(), { index: false }));
  return router;
}
