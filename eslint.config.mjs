import tseslint from 'typescript-eslint';

const everyRoom = [
  'domain',
  'workflows',
  'activities',
  'api',
  'worker',
  'local',
  'prisma',
  'generated',
  'test',
  'config',
];

/**
 * Who may know whom (docs/overview.md). What a room may import is said; everything else is an error.
 * npm: packages, as patterns. rooms: whole rooms or paths in them. types: as types only.
 */
function room(name, { npm = [], rooms = [], types = [] }, files = [`${name}/**/*.ts`], ignores = []) {
  const closed = everyRoom.filter((one) => one !== name && !rooms.includes(one) && !types.includes(one));
  const open = rooms.filter((one) => one.includes('/'));
  const exceptions = open.length > 0 ? `(?!(\\.\\./)+(${open.join('|')})$)` : '';
  const patterns = [
    { regex: `^(?!\\.|(${npm.join('|') || '(?!)'})$)`, message: `${name}/ may not import this package.` },
    { regex: `^${exceptions}\\.\\./(.*/)?(${closed.join('|')})(/|$)`, message: `${name}/ may not know that room.` },
    ...(types.length > 0
      ? [
          {
            regex: `^${exceptions}\\.\\./(.*/)?(${types.join('|')})(/|$)`,
            allowTypeImports: true,
            message: `${name}/ takes only types from there.`,
          },
        ]
      : []),
  ];
  return {
    files,
    ignores,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'No import() here.' },
        { selector: "CallExpression[callee.name='require']", message: 'No require() here.' },
      ],
    },
  };
}

const node = 'node:.*';
const mains = ['api/main.ts', 'worker/main.ts'];

export default tseslint.config(
  { ignores: ['node_modules', 'generated', '.local', 'local/phone/page/**', 'api/pages/**/*.js'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', setTimeout: 'readonly', module: 'writable' },
    },
  },

  room('domain', {}, ['domain/**/*.ts'], ['domain/calendar/**']),
  room('domain', { npm: ['luxon'] }, ['domain/calendar/**/*.ts']),
  room('workflows', { npm: ['@temporalio/(workflow|common)'], rooms: ['domain'], types: ['activities'] }),
  room('activities', {
    npm: ['@temporalio/(activity|common)', 'twilio(/.*)?', 'nodemailer', node],
    rooms: ['domain', 'prisma/database', 'prisma/links'],
  }),
  room(
    'api',
    {
      npm: [
        '@temporalio/(client|common)',
        'express',
        'zod',
        '@asteasolutions/zod-to-openapi',
        'twilio(/.*)?',
        'libphonenumber-js/max',
        'helmet',
        'pino',
        'pino-http',
        'pg',
        'rate-limiter-flexible',
        'prom-client',
        'swagger-ui-dist',
        'eta',
        node,
      ],
      rooms: [
        'domain',
        'prisma/database',
        'prisma/links',
        'workflows/steering',
        'workflows/ids',
        'workflows/start-case',
        'workflows/search-attributes',
      ],
      types: ['workflows'],
    },
    ['api/**/*.ts'],
    mains,
  ),
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
