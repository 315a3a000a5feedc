import { unreadTags } from '../../access/session-tags.ts'
import type { Manifest } from '../../manifest/types.ts'
import { canonical } from '../../model/json.ts'
import type { AccessControlAttributesSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { appeared } from '../shared/appeared.ts'
import { withPosition } from '../shared/desired.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { readSetting } from '../shared/setting.ts'
import { settled } from '../shared/settled.ts'
import { usesEnterprise } from '../shared/users.ts'
import { adoptAttributes } from './adopt.ts'
import { attributeList, configurationAddress, failed, readConfiguration } from './configuration.ts'
import { takeAttributes } from './take.ts'
import { effectOf, words } from './words.ts'

function hasSection({ access_control_attributes }: Manifest): boolean {
  return access_control_attributes !== undefined
}

/**
 * The attributes of users that AWS passes on into accounts as session tags, for attribute-based access control (ABAC). Source: IAM
 * Identity Center User Guide, "Attributes for access control". The configuration carries no tags, and so no mark of ours: a section that
 * is there is the whole truth, and an empty one turns the feature off.
 */
export const accessControlAttributes: CloudKind<'access-control-attributes'> = {
  name: 'access-control-attributes',
  side: 'cloud',
  title: 'Attributes for access control',
  summary: 'user attributes that AWS passes to accounts as session tags (ABAC)',
  sections: ['access_control_attributes'],
  after: [],
  addressSays: 'name',
  complete: true,
  maps: ['attributes'],
  words,
  ignore: { never: 'a manifest without the section leaves them alone' },
  adopt: adoptAttributes,
  takesLive: takeAttributes,
  operations: {
    // Who has access tells what sessions carry as tags, and a change of a user's attributes which tags come of it.
    DescribeInstanceAccessControlAttributeConfiguration: 'always',
    CreateInstanceAccessControlAttributeConfiguration: hasSection,
    UpdateInstanceAccessControlAttributeConfiguration: hasSection,
    DeleteInstanceAccessControlAttributeConfiguration: hasSection,
  },

  desired(loaded) {
    const attributes = loaded.manifest.access_control_attributes ?? {}
    if (Object.keys(attributes).length === 0) return new Map()
    return new Map([
      [configurationAddress, withPosition(loaded, ['access_control_attributes'], { spec: { attributes } })],
    ])
  },

  observe: ({ reader, facts, manifest: { manifest }, scope }) =>
    readSetting(
      { scope },
      {
        ...{ kind: 'access-control-attributes', name: unreadTags },
        ...{ isDeclared: hasSection(manifest), isAsked: scope.settings || usesEnterprise(manifest) },
      },
      async () => {
        const spec = await readConfiguration(reader, facts.instance)
        return new Map(spec ? [[configurationAddress, { spec, ref: facts.instance.arn }]] : [])
      },
    ),

  deleteReason: (_at, _entry, { manifest }) =>
    manifest.manifest.access_control_attributes && { reason: `not in ${manifest.file}` },

  needs: () => [],
  // Policies in accounts may count on what is taken away or changed.
  restricts: (before, after) =>
    Object.entries(before.attributes).some(([key, source]) => after.attributes[key] !== source),
  effect: (_verb, _at, { before, after }) => effectOf(before?.attributes ?? {}, after?.attributes ?? {}),

  async apply({ verb, before, after }, context) {
    const isFailed = before?.status === failed
    if (verb === 'delete' || isFailed) await remove(context)
    if (verb === 'delete' || !after) return undefined
    await (verb === 'create' || isFailed ? create(after, context) : update(after, context))
    return context.facts.instance.arn
  },
}

function create(spec: AccessControlAttributesSpec, context: WriteContext): Promise<unknown> {
  const { writer, facts } = context
  return writer.send(
    'CreateInstanceAccessControlAttributeConfiguration',
    requestFor(spec, facts),
    async (mayBeOurs) => {
      const found = await readConfiguration(writer, facts.instance)
      // One that failed and was deleted a moment ago may still be shown.
      if (!found || found.status === failed) return undefined
      const asAsked = canonical(found.attributes) === canonical(spec.attributes) ? {} : undefined
      return appeared({ what: 'a configuration of these attributes', mayBeOurs, asAsked }, context)
    },
  )
}

function update(spec: AccessControlAttributesSpec, context: WriteContext): Promise<unknown> {
  const { writer, facts } = context
  return settled(
    () => writer.send('UpdateInstanceAccessControlAttributeConfiguration', requestFor(spec, facts)),
    async () => {
      const found = await readConfiguration(writer, facts.instance)
      return found !== undefined && canonical(found.attributes) === canonical(spec.attributes)
    },
    context,
  )
}

function requestFor({ attributes }: AccessControlAttributesSpec, { instance }: WriteContext['facts']) {
  return {
    InstanceArn: instance.arn,
    InstanceAccessControlAttributeConfiguration: attributeList(attributes),
  }
}

function remove(context: WriteContext): Promise<undefined> {
  const { writer, facts } = context
  const of = { InstanceArn: facts.instance.arn }
  return settled(
    () => ignoreNotFound(() => writer.send('DeleteInstanceAccessControlAttributeConfiguration', of)),
    async () => (await readConfiguration(writer, facts.instance)) === undefined,
    context,
  )
}
