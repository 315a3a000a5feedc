import { join } from 'node:path'

/** The folder of the sandbox, unless `--sandbox-dir` names another. */
export const defaultSandboxFolder = join('.', '.sso-sandbox')
