import type { Command } from '../usage/command.ts'
import { access } from './access.ts'
import { adopt } from './adopt.ts'
import { apply } from './apply.ts'
import { completion } from './completion.ts'
import { consoleCommand } from './console.ts'
import { doctor } from './doctor.ts'
import { exportCommand } from './export.ts'
import { grant } from './grant.ts'
import { iamPolicy } from './iam-policy.ts'
import { ignore } from './ignore.ts'
import { init } from './init.ts'
import { login } from './login.ts'
import { plan } from './plan.ts'
import { revoke } from './revoke.ts'
import { sandbox } from './sandbox.ts'
import { schema } from './schema.ts'
import { show } from './show.ts'
import { validate } from './validate.ts'

/** Every command, in the order of help. Register a new one by adding it here. */
export const commands = [
  init,
  validate,
  plan,
  apply,
  adopt,
  ignore,
  show,
  access,
  iamPolicy,
  completion,
  schema,
  doctor,
  login,
  consoleCommand,
  grant,
  revoke,
  sandbox,
  exportCommand,
] as const satisfies readonly Command[]
