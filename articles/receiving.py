"""Files on their way in: each piece goes to disk as it arrives, never a whole file into memory."""

from __future__ import annotations

import uuid
from contextlib import suppress
from io import BytesIO
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import upload_limits, uploads


class Receiving(FileUploadHandler):
    """Keeps the files of one request as those of the run `uid`, as far as the limits go.

    What is over them is read to its end but not kept, so that the browser hears why; `refusal` says it. Discard what
    came in where no run is begun with it.
    """

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest, *, size: int, refusal: str = "") -> None:
        super().__init__(request)
        self.uid = uuid.uuid4()
        self.given: list[str] = []
        self._naming = uploads.NamesOnDisk()
        self.refusal = refusal
        self._most, self._size = size, 0
        self._file: IO[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if len(self.given) >= upload_limits.MOST_FILES:
            self._refuse(upload_limits.too_many())
        if self.refusal:
            return
        self.given.append(self.file_name or "file")
        folder = uploads.folder_of(self.uid)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = (folder / self._naming.name_for(self.given[-1])).open("xb")
        except OSError as error:
            self._refuse(_not_kept(error))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._file is None:
            return
        self._size += len(raw_data)
        if self._size > self._most:
            self._refuse(upload_limits.too_large(self._most))
            return
        try:
            self._file.write(raw_data)
        except OSError as error:
            self._refuse(_not_kept(error))

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self._close()
        # Django closes it where it gives the form up, so there has to be something to close.
        return UploadedFile(BytesIO(), name=self.file_name, size=file_size)

    def upload_interrupted(self) -> None:
        self._refuse(_("The files did not arrive whole. Import them again."))

    def discard(self) -> None:
        self._close()
        uploads.remove(self.uid)

    def _refuse(self, sentence: str) -> None:
        self.refusal = self.refusal or sentence
        self.discard()

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # what could not be written before cannot be now
                file.close()


def _not_kept(error: OSError) -> str:
    said = _("The server cannot keep the files (%(why)s). Tell whoever runs Newsroom.")
    return said % {"why": (error.strerror or str(error)).lower()}
