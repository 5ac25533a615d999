/** Free bytes on the disks of the database and of the export files; null where that is unknown, such as in a bucket. */
export interface FreeSpace {
  readonly database: number | null;
  readonly files: number | null;
}
