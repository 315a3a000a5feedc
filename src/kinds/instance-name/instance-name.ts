import { unreadSettings } from '../../access/settings.ts'
import type { Reader } from '../../aws/port.ts'
import { type Address, address } from '../../model/address.ts'
import type { Instance } from '../../model/facts.ts'
import type { JsonObject } from '../../model/json.ts'
import type { CloudKind } from '../kind.ts'
import { adoptedSetting } from '../shared/adopt-setting.ts'
import { withPosition } from '../shared/desired.ts'
import { readSetting, whyUnread } from '../shared/setting.ts'
import { settled } from '../shared/settled.ts'
import { objectAt, without } from '../shared/take-named.ts'

/** There is one instance, so there is one name. */
const at: Address = address('instance-name', 'identity-center')

/**
 * What the instance of Identity Center is called. The instance exists, and a name cannot be taken away again. Source: IAM Identity Center
 * API Reference, UpdateInstance.
 */
export const instanceName: CloudKind<'instance-name'> = {
  name: 'instance-name',
  side: 'cloud',
  title: 'Instance name',
  summary: 'the name of the Identity Center instance',
  sections: ['identity_center.name'],
  after: [],
  addressSays: 'name',
  complete: false,
  ignore: { never: 'a manifest that does not name it leaves it alone' },
  operations: { DescribeInstance: 'always', UpdateInstance: 'always' },
  adopt: {
    ...adoptedSetting('name', 'name of the instance', 'names of the instance'),
    draft({ found: { live }, verdicts }) {
      const name = live['instance-name'].get(at)?.spec.name
      const why =
        verdicts.get('identity_center.name')?.why ?? verdicts.get(at)?.why ?? whyUnread(live, unreadSettings.name)
      return {
        value: why === undefined ? name : undefined,
        notes: [],
        left: why === undefined ? [] : [`name of the instance: ${why}`],
      }
    },
  },
  takesLive: { taken: ([thing], { value }) => ({ ...value, identity_center: named(value, thing?.live?.spec.name) }) },

  desired(loaded) {
    const { name } = loaded.manifest.identity_center
    if (name === undefined) return new Map()
    return new Map([[at, withPosition<'instance-name'>(loaded, ['identity_center', 'name'], { spec: { name } })]])
  },

  observe: ({ reader, facts, manifest, scope }) =>
    readSetting(
      { scope },
      {
        ...{ kind: 'instance-name', name: unreadSettings.name },
        ...{ isDeclared: manifest.manifest.identity_center.name !== undefined, isAsked: scope.settings },
      },
      async () => {
        const name = await nameOf(reader, facts.instance)
        return new Map(name === undefined ? [] : [[at, { spec: { name }, ref: facts.instance.arn }]])
      },
    ),

  deleteReason: () => undefined,
  needs: () => [],

  async apply({ after }, context) {
    const { writer, facts } = context
    const Name = after?.name ?? ''
    await settled(
      () => writer.send('UpdateInstance', { InstanceArn: facts.instance.arn, Name }),
      async () => (await nameOf(writer, facts.instance)) === Name,
      context,
    )
    return facts.instance.arn
  },
}

async function nameOf(reader: Pick<Reader, 'get'>, { arn }: Instance): Promise<string | undefined> {
  const { Name } = await reader.get('DescribeInstance', { InstanceArn: arn })
  return Name === '' ? undefined : Name
}

function named(value: JsonObject, name: string | undefined): JsonObject {
  const head = objectAt(value, 'identity_center')
  return name === undefined ? without(head, 'name') : { ...head, name }
}
