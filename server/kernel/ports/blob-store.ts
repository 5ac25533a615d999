import type { Readable } from "node:stream";

/** One stored part of an upload. */
export interface StoredPart {
  readonly number: number;
  readonly etag: string;
  readonly bytes: number;
}

/** The bytes of a file from `from` up to but not including `to`; at least one. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** The name and type under which a browser saves a file. */
export interface DownloadedFile {
  readonly fileName: string;
  readonly contentType: string;
}

/** Stores files, with guarantees that both a disk and an S3-compatible store can keep. */
export interface BlobStore {
  /**
   * Begins an upload and returns its ID, or returns the upload of this key that is neither completed nor aborted: a
   * caller that was killed before it saved the ID leaves nothing behind. The blob appears under `key` only on `complete`.
   */
  begin(key: string): Promise<string>;
  /** Stores part `number` (from 1) or replaces it. Fails if the upload was completed or aborted. */
  putPart(key: string, uploadId: string, number: number, body: AsyncIterable<Uint8Array>): Promise<StoredPart>;
  /**
   * Joins the parts in order into the blob, all or nothing. Callers may repeat it after success and after a crash at any
   * point. Stops soon after `signal` is aborted, with the signal's reason.
   */
  complete(key: string, uploadId: string, parts: readonly StoredPart[], signal?: AbortSignal): Promise<void>;
  /** Deletes every upload of the key with its parts; does nothing if there is none. */
  abort(key: string): Promise<void>;
  /**
   * Opens the blob, or a range of it; `bytes` is the length of what is returned.
   * @throws DomainError `not_found`
   */
  read(key: string, range?: ByteRange): Promise<{ readonly bytes: number; readonly body: Readable }>;
  /**
   * Returns a URL from which a browser can save the blob under this name without this process, valid for `seconds`; null
   * if the store has no such URLs. Does not check that the blob exists.
   */
  address(key: string, file: DownloadedFile, seconds: number): Promise<string | null>;
  /** Deletes a finished blob; does nothing if it does not exist. */
  delete(key: string): Promise<void>;
  /** Throws if the store cannot be written to. */
  check(): Promise<void>;
}
