import { createEmail } from '../activities/providers/email';
import { localTwilio, readConfig } from '../config';

const least = {
  DATABASE_URL: 'postgres://me@db.example/aftercare',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'a-token',
};
const mail = {
  SMTP_URL: 'smtp://me:secret-word@mail.example:587',
  MAIL_FROM: 'service@anxin.example',
  MAIL_REPLY_TO: 'desk@anxin.example',
  MAIL_DOMAIN: 'anxin.example',
};
const read = (more: NodeJS.ProcessEnv = {}) => readConfig({ ...least, ...more });

test('without settings for mails none are sent; what a compose file leaves empty is not set', () => {
  expect(read()).not.toHaveProperty('mail');
  const empty = Object.fromEntries([...Object.keys(mail), 'MAIL_FROM_NAME', 'TRUST_PROXY'].map((name) => [name, '']));
  expect(read(empty)).toEqual(read());
});

test('the settings for mails are those that the sender of mails takes', () => {
  const config = read({ ...mail, MAIL_FROM_NAME: '安心服务' });
  expect(config.mail).toEqual({
    smtpUrl: mail.SMTP_URL,
    from: { name: '安心服务', address: mail.MAIL_FROM },
    replyTo: { address: mail.MAIL_REPLY_TO },
    domain: mail.MAIL_DOMAIN,
  });
  expect(() => createEmail(config.mail!)).not.toThrow();
});

test.each(Object.keys(mail))('mails without %s are refused at the start, and it is named', (missing) => {
  expect(() => read({ ...mail, [missing]: undefined })).toThrow(`set ${missing} too`);
  expect(() => read({ [missing]: mail[missing as keyof typeof mail] })).toThrow('Mails need all of');
});

test('a name alone sends no mails, and says so', () => {
  expect(() => read({ MAIL_FROM_NAME: '安心服务' })).toThrow('SMTP_URL, MAIL_FROM, MAIL_REPLY_TO, MAIL_DOMAIN too');
});

test.each([
  ['SMTP_URL', 'https://secret-word@mail.example'],
  ['SMTP_URL', 'secret-word'],
  ['SMTP_URL', 'smtp://mail.example?pool=secret-word'],
  ['MAIL_FROM', 'secret-word@anxin.example, other@anxin.example'],
  ['MAIL_FROM', 'Anxin <secret-word@anxin.example>'],
  ['MAIL_REPLY_TO', 'secret-word'],
  ['MAIL_REPLY_TO', 'secret-word@anxin.example\r\nBcc: other@anxin.example'],
  ['MAIL_DOMAIN', 'secret-word@anxin.example'],
  ['MAIL_DOMAIN', 'secret-word>'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '-1'],
  ['TRUST_PROXY', '10'],
  ['TRUST_PROXY', '1.5'],
  ['TRUST_PROXY', '0.0.0.0/0'],
  ['TRUST_PROXY', '10.0.0.1, ::/0'],
  ['TRUST_PROXY', '10.0.0.1,'],
  ['TRUST_PROXY', 'proxy.example'],
  ['API_PORT', '70000'],
  ['PUBLIC_URL', 'secret-word'],
])('%s "%s" is refused at the start; the setting is named, its value is not repeated', (variable, value) => {
  const start = () => read({ ...mail, [variable]: value });
  expect(start).toThrow(`These settings are missing or wrong:\n  ${variable}: `);
  expect(start).not.toThrow('secret-word');
});

test.each([
  [undefined, 0],
  ['0', 0],
  ['1', 1],
  ['loopback', ['loopback']],
  ['10.0.0.0/8, 2001:db8::1', ['10.0.0.0/8', '2001:db8::1']],
])('TRUST_PROXY %j is what Express trusts', (given, trusted) => {
  expect(read({ TRUST_PROXY: given }).api.trustProxy).toEqual(trusted);
});

test('the token of the stand-in is refused wherever a real carrier is meant', () => {
  const local = { TWILIO_AUTH_TOKEN: localTwilio.authToken };
  expect(() => read(local)).toThrow('TWILIO_AUTH_TOKEN');
  expect(read({ ...local, LOCAL_MODE: 'true' }).localMode).toBe(true);
});
