import {
  CreatePermissionSetCommand,
  DescribePermissionSetCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import { thrown } from './harness.ts'
import { type World, world } from './world.ts'

describe('tag keys in the name of AWS', () => {
  const tags = { 'aws:cloudformation:stack-name': 'center', team: 'a' }
  const contents = { permissionSets: [{ name: 'Admin', tags }] }
  const attempts: Readonly<Record<string, (own: World, key: string) => Promise<unknown>>> = {
    TagResource: async ({ aws, InstanceArn, set }, Key) => {
      const { PermissionSetArn: ResourceArn } = await set('Admin')
      return aws.admin.send(new TagResourceCommand({ InstanceArn, ResourceArn, Tags: [{ Key, Value: 'x' }] }))
    },
    UntagResource: async ({ aws, InstanceArn, set }, Key) => {
      const { PermissionSetArn: ResourceArn } = await set('Admin')
      return aws.admin.send(new UntagResourceCommand({ InstanceArn, ResourceArn, TagKeys: ['team', Key] }))
    },
    CreatePermissionSet: ({ aws, InstanceArn }, Key) =>
      aws.admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'New', Tags: [{ Key, Value: 'x' }] })),
  }
  const keys = ['aws:cloudformation:stack-name', 'AWS:x', 'Aws:']

  it.each(Object.entries(attempts))('are refused by %s, and those that contents left stay', async (_name, attempt) => {
    const own = await world({ contents })
    const { aws, InstanceArn } = own
    for (const key of keys) {
      const error = await thrown(attempt(own, key))
      expect(error).toMatchObject({ name: 'ValidationException', message: expect.stringContaining(key) })
    }
    const { PermissionSetArn: ResourceArn } = await own.set('Admin')
    const { Tags = [] } = await aws.admin.send(new ListTagsForResourceCommand({ InstanceArn, ResourceArn }))
    expect(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))).toEqual(tags)
  })

  it('are not those that contain aws: further on', async () => {
    const own = await world({ contents })
    await attempts.TagResource?.(own, 'my-aws:key')
    await attempts.UntagResource?.(own, 'awsome')
  })

  it('are in contents as the model has them', async () => {
    const wrong = { permissionSets: [{ name: 'Admin', tags: { '<': 'x' } }] }
    await expect(world({ contents: wrong })).rejects.toMatchObject({ diagnostics: [{ code: 'sandbox-contents' }] })
  })
})

describe('white space at the ends of the description of a permission set', () => {
  it.each([
    ['kept', ' new ', '  changed\n', '   '],
    ['trimmed', 'new', 'changed', 'changed'],
  ] as const)('is %s', async (descriptions, ...expected) => {
    const { aws, InstanceArn } = await world({ faults: { unconfirmed: { descriptions } } })
    const wanted = { InstanceArn, Name: 'Admin', Description: ' new ' }
    const { PermissionSet } = await aws.admin.send(new CreatePermissionSetCommand(wanted))
    const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn }
    const update = async (Description: string) => {
      await aws.admin.send(new UpdatePermissionSetCommand({ ...set, Description }))
      return (await aws.admin.send(new DescribePermissionSetCommand(set))).PermissionSet?.Description
    }
    expect([PermissionSet?.Description, await update('  changed\n'), await update('   ')]).toEqual(expected)
  })
})
