import { botocoreIdentity } from './botocore.ts'
import type { Choice, Identity, Tool } from './identity.ts'
import { jsIdentity } from './js-sdk.ts'
import type { Sources } from './settings.ts'

/**
 * Who a program of that family is: which provider wins, as which account and role. What AWS answers is left out: a role may not be assumed, a
 * login may be over. Pure. Checked in the tests against botocore and the SDK themselves.
 */
export function identityOf(tool: Tool, sources: Sources, choice: Choice = {}): Identity {
  return tool === 'aws-cli' ? botocoreIdentity(sources, choice) : jsIdentity(sources, choice)
}
