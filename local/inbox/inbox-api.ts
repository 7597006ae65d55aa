import express, { type Response, type Router } from 'express';
import { faultRoutes } from '../stand-in/fault-routes';
import { Problem } from '../stand-in/problem';
import { mailAddress } from './address';
import { faultSet, knownFaults, type Faults } from './faults';
import type { Mail, Mailbox } from './mailbox';

/** A mail may hold anything, so what it shows runs nothing, loads nothing and knows no neighbour; a link opens a page of its own. */
const nothingButStyle =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** What people and their scripts do with the inboxes: look, and make the mail server fail. */
export function inboxApi(mailbox: Mailbox, faults: Faults): Router {
  const router = express.Router();
  router.use(express.json({ limit: '64kb' }));

  router.get('/inboxes', (_request, response) => {
    response.json({ items: mailbox.addresses().map((address) => inboxOf(address, mailbox)) });
  });

  router.get('/inboxes/:address/messages', (request, response) => {
    response.json({ items: mailbox.mailsTo(mailAddress.parse(request.params.address)).map(asListed) });
  });

  router.get('/messages/:id', (request, response) => {
    const { source: _source, ...mail } = found(request.params.id);
    response.json(mail);
  });

  router.get('/messages/:id/html', (request, response) => {
    const { html } = found(request.params.id);
    if (html === null) throw new Problem(404, 'no-html', 'This mail has no HTML part.');
    sandboxed(response).type('html').send(html);
  });

  router.get('/messages/:id/source', (request, response) => {
    sandboxed(response)
      .type('text/plain; charset=utf-8')
      .send(Buffer.from(found(request.params.id).source, 'base64'));
  });

  router.use(faultRoutes({ faults, known: knownFaults, faultSet, to: mailAddress }));

  router.use((request) => {
    throw new Problem(404, 'not-found', `There is no ${request.method} ${request.path} here.`);
  });

  function found(id: string): Mail {
    const mail = mailbox.mail(id);
    if (!mail) throw new Problem(404, 'no-such-mail', 'There is no such mail, or no longer.');
    return mail;
  }
  return router;
}

/** An inbox as lists and the page show it. */
export function inboxOf(address: string, mailbox: Mailbox) {
  const mails = mailbox.mailsTo(address);
  return { address, mails: mails.length, lastAt: mails.at(-1)?.at ?? null };
}

/** A mail in a list: all but what is long. */
export function asListed({ source: _source, html, ...mail }: Mail) {
  return { ...mail, hasHtml: html !== null };
}

function sandboxed(response: Response): Response {
  return response.set({ 'Content-Security-Policy': nothingButStyle, 'X-Frame-Options': 'SAMEORIGIN' });
}
