import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { AddRegionCommand, ListInstancesCommand, ListRegionsCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { onTestFinished } from 'vitest'
import type { Contents } from '../../../../src/sandbox/content-types.ts'
import { startSandbox } from '../../../../src/sandbox/server.ts'
import { type Desk, journey, newDesk, newFolder } from '../../e2e/support/desk.ts'

export const management = '111122223333'
export const instanceId = 'ssoins-0123456789abcdef'

/** An Identity Center that is at home in some Region, and a desk to work at. */
export interface Center {
  readonly url: string
  /** Id of the identity store. */
  readonly store: string
  /** A desk with the manifest of the README, its Region put in the place of the one there. */
  desk(region: string): Desk
  /** Enables the instance in a further Region. */
  extend(region: string): Promise<void>
}

/** Starts an Identity Center at home in a Region; it ends with the test. */
export async function centerIn(region: string, contents?: Contents): Promise<Center> {
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: {
      region,
      instanceId,
      managementAccount: management,
      accounts: [
        { id: management, name: 'Home' },
        { id: '444455556666', name: 'Dev', ou: 'Workloads', tags: { env: 'dev' } },
      ],
    },
    ...(contents ? { contents } : {}),
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    faults: { seconds: 0.2 },
  })
  onTestFinished(() => sandbox.close())
  const credentials = { accessKeyId: 'dummy', secretAccessKey: 'dummy' }
  const client = new SSOAdminClient({ endpoint: sandbox.url, region, credentials })
  const { Instances: [instance = {}] = [] } = await client.send(new ListInstancesCommand({}))
  const { InstanceArn } = instance
  return {
    url: sandbox.url,
    store: instance.IdentityStoreId ?? '',
    desk: (at) => newDesk(sandbox.url, journey.replaceAll('ap-northeast-1', at)),
    extend: async (RegionName) => {
      await client.send(new AddRegionCommand({ InstanceArn, RegionName }))
      // A Region that is being added is ready after the first look.
      await client.send(new ListRegionsCommand({ InstanceArn }))
    },
  }
}
