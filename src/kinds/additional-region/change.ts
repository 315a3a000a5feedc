import type { Asking, Reader } from '../../aws/port.ts'
import { Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { Instance } from '../../model/facts.ts'
import type { AdditionalRegionSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import { ignoreNotFound } from '../shared/not-found.ts'

/** A Region that the instance is replicated to, and what AWS is still doing with it. */
export interface LiveRegion {
  readonly region: string
  readonly status?: string
}

/** What AWS asks of an instance before it adds a Region. Source: UG/multi-region-iam-identity-center, "Prerequisites". */
export const prerequisites =
  'AWS adds Regions to organization instances that an external identity provider signs people in to, and that are encrypted with a multi-Region key of your own that has a replica in the Region'

/** The additional Regions of an instance. Throws a Refusal when they cannot be read. */
export async function regionsOf(
  reader: Pick<Reader, 'list'>,
  { arn, region: home }: Instance,
  how: Asking = {},
): Promise<readonly LiveRegion[]> {
  const rows = await reader.list('ListRegions', { InstanceArn: arn }, how)
  return rows.flatMap(({ RegionName, Status, IsPrimaryRegion }) =>
    RegionName === undefined || RegionName === home || IsPrimaryRegion
      ? []
      : [{ region: RegionName, ...statusOf(Status) }],
  )
}

// A status that nobody has heard of yet does not mean that people can sign in there.
function statusOf(status = 'unknown'): Pick<LiveRegion, 'status'> {
  return status === 'ACTIVE' ? {} : { status: status.toLowerCase().replaceAll('_', ' ') }
}

/** Adds a Region, and waits until people can use it. One that is being removed has to be gone first. */
export async function addRegion(
  region: string,
  before: AdditionalRegionSpec | undefined,
  context: WriteContext,
): Promise<void> {
  const { writer, facts } = context
  const InstanceArn = facts.instance.arn
  if (before?.status === 'removing') await whenGone(region, context)
  try {
    await writer.send('AddRegion', { InstanceArn, RegionName: region }, async (mayBeOurs) => {
      const found = await find(region, context)
      if (!found || found.status === 'removing') return busy(context)
      context.note(mayBeOurs ? 'answer lost' : 'another run')
      return { done: {} }
    })
  } catch (thrown) {
    throw withPrerequisites(thrown)
  }
  await whenReady(region, context)
}

/** Removes a Region, and waits until it is gone. */
export async function removeRegion(
  region: string,
  before: AdditionalRegionSpec | undefined,
  context: WriteContext,
): Promise<undefined> {
  const { writer, facts } = context
  const InstanceArn = facts.instance.arn
  if (before?.status !== 'removing')
    await ignoreNotFound(() =>
      writer.send('RemoveRegion', { InstanceArn, RegionName: region }, async () => {
        const found = await find(region, context)
        return found && found.status !== 'removing' ? busy(context) : { done: {} }
      }),
    )
  await whenGone(region, context)
  return undefined
}

/** Resolves when AWS has added a Region. Throws a Refusal where it takes too long, or has given up. */
export function whenReady(region: string, context: WriteContext): Promise<void> {
  return context.writer.until(`adding the Region ${region}`, async (mayLag) => {
    const found = await find(region, context)
    if (!found && mayLag) return undefined
    if (!found) return { failed: `AWS no longer lists ${region}`, hint: prerequisites }
    if (found.status === undefined) return 'done'
    return found.status === 'adding'
      ? undefined
      : { failed: `AWS says of ${region}: ${found.status}`, hint: prerequisites }
  })
}

function whenGone(region: string, context: WriteContext): Promise<void> {
  return context.writer.until(`removing the Region ${region}`, async (mayLag) => {
    const found = await find(region, context)
    if (found && found.status !== 'removing' && !mayLag) return { failed: `AWS lists ${region} as in use` }
    return found ? undefined : 'done'
  })
}

/** Another Region that is being added or removed is waited for: AWS does one at a time. */
async function busy({ writer, facts }: WriteContext): Promise<'changing' | undefined> {
  const all = await regionsOf(writer, facts.instance)
  return all.some(({ status }) => status === 'adding' || status === 'removing') ? 'changing' : undefined
}

async function find(region: string, { writer, facts }: WriteContext): Promise<LiveRegion | undefined> {
  return (await regionsOf(writer, facts.instance)).find((one) => one.region === region)
}

function withPrerequisites(thrown: unknown): unknown {
  if (!refusedWith(thrown, 'aws-validation') || !(thrown instanceof Refusal)) return thrown
  const [first, ...rest] = thrown.diagnostics
  return first ? new Refusal([{ ...first, hint: prerequisites }, ...rest], { cause: thrown }) : thrown
}
