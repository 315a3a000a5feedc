import type { Proof, RoleAt } from '../aws/portal.ts'
import { listed } from '../text/list.ts'
import type { ProfileProof } from './evidence.ts'
import { type Check, type Finding, ok, problem } from './finding.ts'
import { explain } from './newcomer-errors.ts'

/** With a valid login: each profile reaches its account and role, and is who it should be. Asked of the access portal. */
export const reach: Check = {
  name: 'profiles',
  title: 'Profiles, verified with your own login',
  examine: ({ local }) => local?.proofs.map(finding) ?? [],
}

type Told = { readonly [R in Proof['result']]: (proof: Extract<Proof, { result: R }>, place: RoleAt) => Finding }

const assign =
  'assign it in sso.yaml and apply; a new assignment takes minutes to appear, a new membership up to an hour'

const told: Told = {
  proven: ({ arn }, { account, role }) =>
    ok('proven', `${role} in ${account}, as ${arn.slice(arn.lastIndexOf('/') + 1)}`),
  listed: (_proof, { account, role }) => ok('listed', `the portal lists ${role} in ${account} (not tried)`),
  'no-account': ({ accounts }, { account }) =>
    problem(
      'portal-no-account',
      `your login does not see account ${account}${accounts.length > 0 ? `; it sees ${listed(accounts, 5, 6)}` : ' nor any other'}`,
      assign,
    ),
  'no-role': ({ roles }, { account, role }) =>
    problem(
      'portal-no-role',
      `your login does not have ${role} in ${account}; it has ${listed(roles, 5, 6)}`,
      role.startsWith('AWSReservedSSO_')
        ? 'write the name of the permission set, without AWSReservedSSO_ and digits'
        : assign,
    ),
  'other-identity': ({ arn }, { role }) =>
    problem(
      'portal-other-identity',
      `the credentials for ${role} belong to ${arn || 'nobody'}`,
      'check AWS_ENDPOINT_URL: it does not point to AWS',
    ),
  failed: ({ operation, message }) => {
    const known = explain(message)
    const text = known?.next ?? 'run this again; if it persists, search for the message above'
    return problem(`portal-${known?.code ?? 'failed'}`, `${operation}: ${known?.meaning ?? message}`, text)
  },
}

function finding({ profile, proof, ...place }: ProfileProof): Finding {
  const tell = told[proof.result] as (proof: Proof, place: RoleAt) => Finding
  const found = tell(proof, place)
  return { ...found, message: `${profile}: ${found.message}` }
}
