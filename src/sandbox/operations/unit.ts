import { answer, type PageRequest, page } from '../page.ts'
import { ServiceError } from '../service-error.ts'
import type { Operation } from './context.ts'
import { administered, arnOf, parentFor } from './organization-scope.ts'

/** organizations: roots and organizational units. */
export const unitOperations = {
  ListRoots: (context, input: PageRequest) => {
    const { root: id } = administered(context)
    const root = { Id: id, Arn: arnOf(context, 'root', id), Name: 'Root', PolicyTypes: [] }
    return answer(
      'Roots',
      page([root], ({ Id }) => Id, input),
      (one) => one,
    )
  },
  ListOrganizationalUnitsForParent: (context, input: { ParentId: string } & PageRequest) => {
    administered(context)
    const parent = parentFor(context, input.ParentId)
    const units = [...context.state.rows('units').values()].filter((unit) => unit.parent === parent)
    return answer(
      'OrganizationalUnits',
      page(units, ({ id }) => id, input),
      ({ id, name }) => ({
        Id: id,
        Arn: arnOf(context, 'ou', id),
        Name: name,
      }),
    )
  },
  DescribeOrganizationalUnit: (context, input: { OrganizationalUnitId: string }) => {
    administered(context)
    const unit = context.state.rows('units').get(input.OrganizationalUnitId)
    if (!unit) throw new ServiceError('OrganizationalUnitNotFoundException', 'There is no such organizational unit.')
    return { OrganizationalUnit: { Id: unit.id, Arn: arnOf(context, 'ou', unit.id), Name: unit.name } }
  },
  ListParents: (context, input: { ChildId: string } & PageRequest) => {
    const { root } = administered(context)
    const { accounts, units } = { accounts: context.state.rows('accounts'), units: context.state.rows('units') }
    const parent = (accounts.get(input.ChildId) ?? units.get(input.ChildId))?.parent
    if (parent === undefined) throw new ServiceError('ChildNotFoundException', `There is no child ${input.ChildId}.`)
    return { Parents: [{ Id: parent, Type: parent === root ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] }
  },
  ListChildren: (context, input: { ParentId: string; ChildType: string } & PageRequest) => {
    administered(context)
    const parent = parentFor(context, input.ParentId)
    const table = input.ChildType === 'ACCOUNT' ? 'accounts' : 'units'
    const rows: { readonly id: string; readonly parent: string }[] = [...context.state.rows(table).values()]
    const children = rows.filter((row) => row.parent === parent)
    return answer(
      'Children',
      page(children, ({ id }) => id, input),
      ({ id }) => ({ Id: id, Type: input.ChildType }),
    )
  },
} satisfies Record<string, Operation>
