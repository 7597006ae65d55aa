import { join } from 'node:path';
import express from 'express';

/** What the pages of all stand-ins share: their look, and the faults as switches. */
export const standInPage = express.static(join(__dirname, 'page'));
