import { readEncodedText } from '../../local/files/encoded.ts'
import { error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { Instance } from '../../model/facts.ts'
import type { Runtime } from '../../session/runtime.ts'
import { type Claims, claimsOf } from '../../terraform/state/claim.ts'
import { stateDocument } from '../../terraform/state/document.ts'
import { isElsewhere } from '../../terraform/state/match.ts'
import { contentOf, type StateContent } from '../../terraform/state/resource.ts'
import { listed } from '../../text/list.ts'

/** What state files hold. */
export interface States extends StateContent {
  readonly claims: Claims
  /** Region that the resources name, as newer providers let them. */
  readonly region: string | undefined
}

/** Reads state files, of which nothing is quoted: they hold secrets of other resources. Throws a Refusal for what is none, and where nothing of Identity Center is in them. */
export async function readStates({ busy }: Pick<Runtime, 'busy'>, files: readonly string[]): Promise<States> {
  const contents: StateContent[] = []
  for (const file of new Set(files)) {
    const text = await readEncodedText(file).catch((thrown: unknown) => {
      throw refusedWith(thrown, 'file-not-regular') ? noFile(file) : thrown
    })
    if (text === undefined) throw noFile(file)
    contents.push(await busy(() => contentOf(file, stateDocument(file, text)), text.length))
  }
  const resources = contents.flatMap((one) => one.resources)
  const claims = await busy(() => claimsOf(resources))
  if (claims.claims.length === 0) throw nothing(files, claims)
  const regions = new Set(claims.claims.flatMap(({ region }) => region ?? []))
  const program = contents.some((one) => one.program === 'tofu') ? 'tofu' : 'terraform'
  return { resources, program, claims, region: regions.size === 1 ? [...regions][0] : undefined }
}

/** Neither a pipe nor standard input: the report names the file, and the same command must mean the same again. */
function noFile(file: string): Refusal {
  return new Refusal(
    error('file-missing', `there is no file ${file}, or it is none that can be read twice`, {
      hint: 'make one with: terraform show -json > state.json',
    }),
  )
}

function nothing(files: readonly string[], { unknown }: Claims): Refusal {
  const others = [...new Set(unknown.map(({ type }) => type))].sort()
  const found = others.length > 0 ? `; sso.yaml cannot declare ${listed(others, 5)}` : ''
  return new Refusal(
    error('terraform-nothing', `nothing in ${files.join(' and ')} can be written into sso.yaml${found}`, {
      hint: 'permission sets, assignments, users, groups, members and attributes for access control can; is it the right workspace and folder?',
    }),
  )
}

/** Throws a Refusal where all that states manage is in another Identity Center than the one that was looked at. */
export function mustBeHere({ claims: { claims }, region }: States, here: Instance): void {
  if (!claims.every((one) => isElsewhere(one, here))) return
  const named = [...new Set(claims.map(({ instance, store }) => instance ?? store ?? ''))].sort()
  const partition = partitionOf(named[0]) !== partitionOf(here.arn) && named[0]?.startsWith('arn:') === true
  const at = `${here.arn} (identity store ${here.identity_store_id}) in ${here.region}`
  throw new Refusal(
    error(
      'terraform-other-instance',
      `the state is about ${listed(named)}${partition ? `, in partition ${partitionOf(named[0])}` : ''}; what was read is ${at}`,
      {
        hint: `use credentials of the organization that the state is about (--profile), and its Region: --region ${region ?? 'REGION'}`,
      },
    ),
  )
}

function partitionOf(arn = ''): string {
  return arn.split(':')[1] ?? ''
}
