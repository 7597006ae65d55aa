import type { Response } from 'express';

const known: { [code: number]: { status: number; message: string } } = {
  20003: { status: 401, message: 'Authentication Error - invalid username' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'An internal server error has occurred' },
  20503: { status: 503, message: 'Service unavailable' },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21408: { status: 400, message: "Permission to send an SMS has not been enabled for the region of the 'To' number" },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: { status: 400, message: "The 'From' phone number is not a valid, message-capable number of this account" },
  21609: { status: 400, message: "The 'StatusCallback' URL is not a valid URL" },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21614: { status: 400, message: "'To' number is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
  30610: { status: 400, message: 'Message blocked: not allowed at this time of day' },
};

/** Answers with an error as the carrier does; a code it does not know by name is a 400. */
export function answerError(response: Response, code: number): void {
  const { status, message } = known[code] ?? { status: 400, message: `Error ${code}` };
  response.status(status).json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}
