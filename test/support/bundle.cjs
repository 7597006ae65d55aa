const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');

/** The stories are bundled once for all tests: every worker of theirs plays from this file. */
module.exports = async () => {
  const folder = join(__dirname, '../../.local/test');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'stories.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(__dirname, '../../workflows/index.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  writeFileSync(file, code);
  process.env.STORIES = file;
};
