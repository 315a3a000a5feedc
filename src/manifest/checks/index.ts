import { checkAccounts } from './accounts.ts'
import { checkActionNames } from './action-names.ts'
import { checkActionResources } from './action-resources.ts'
import { checkAttributeSources } from './attribute-sources.ts'
import { checkChains } from './chains.ts'
import type { Check } from './check.ts'
import { checkConditions } from './conditions.ts'
import { checkConflicts } from './conflicts.ts'
import { checkDates } from './dates.ts'
import { checkIdentities } from './identities.ts'
import { checkInstanceSettings } from './instance-settings.ts'
import { checkLocal } from './local.ts'
import { checkManagers } from './managers.ts'
import { checkPermissionSets } from './permission-sets.ts'
import { checkPolicies } from './policies.ts'
import { checkPolicyNames } from './policy-names.ts'
import { checkProtections } from './protections.ts'
import { checkReferences } from './references.ts'
import { checkRegions } from './regions.ts'
import { checkRenames } from './renames.ts'
import { checkResources } from './resources.ts'
import { checkRevoked } from './revoked.ts'
import { checkStartUrl } from './start-url.ts'
import { checkTokenIssuers } from './token-issuers.ts'
import { checkWhiteSpace } from './white-space.ts'

/** Every rule that the schema cannot say; add a new one here. */
export const checks: readonly Check[] = [
  checkReferences,
  checkAccounts,
  checkIdentities,
  checkManagers,
  checkWhiteSpace,
  checkTokenIssuers,
  checkAttributeSources,
  checkRenames,
  checkPermissionSets,
  checkPolicies,
  checkPolicyNames,
  checkActionNames,
  checkConditions,
  checkResources,
  checkActionResources,
  checkConflicts,
  checkLocal,
  checkChains,
  checkProtections,
  checkRevoked,
  checkDates,
  checkStartUrl,
  checkInstanceSettings,
  checkRegions,
]
