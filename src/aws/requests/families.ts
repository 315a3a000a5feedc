import type { Reader, Request, RequestFamily } from '../port.ts'

/** The status operations of a family of asynchronous requests. */
export interface Family {
  describe(id: string): Promise<Request | undefined>
  list(status: 'IN_PROGRESS' | 'FAILED'): Promise<readonly Request[]>
}

/** The status operations of each family, on one instance. */
export function families(reader: Reader, InstanceArn: string): Record<RequestFamily, Family> {
  return {
    'assignment creation': {
      describe: async (id) =>
        (
          await reader.get('DescribeAccountAssignmentCreationStatus', {
            InstanceArn,
            AccountAssignmentCreationRequestId: id,
          })
        ).AccountAssignmentCreationStatus,
      list: async (Status) =>
        withStatus(
          Status,
          await reader.list('ListAccountAssignmentCreationStatus', { InstanceArn, Filter: { Status } }),
        ),
    },
    'assignment deletion': {
      describe: async (id) =>
        (
          await reader.get('DescribeAccountAssignmentDeletionStatus', {
            InstanceArn,
            AccountAssignmentDeletionRequestId: id,
          })
        ).AccountAssignmentDeletionStatus,
      list: async (Status) =>
        withStatus(
          Status,
          await reader.list('ListAccountAssignmentDeletionStatus', { InstanceArn, Filter: { Status } }),
        ),
    },
    provisioning: {
      describe: async (id) =>
        (
          await reader.get('DescribePermissionSetProvisioningStatus', {
            InstanceArn,
            ProvisionPermissionSetRequestId: id,
          })
        ).PermissionSetProvisioningStatus,
      list: async (Status) =>
        withStatus(
          Status,
          await reader.list('ListPermissionSetProvisioningStatus', { InstanceArn, Filter: { Status } }),
        ),
    },
  }
}

// A server that takes no notice of the filter must not make ended requests look as if they were running.
function withStatus(status: string, rows: readonly Request[]): readonly Request[] {
  return rows.filter((row) => row.Status === undefined || row.Status === status)
}
