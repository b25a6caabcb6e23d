"""Uploads that are too large are counted, not kept: neither memory nor disk fills up with them."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes a file to the disk until it passes the limit; then it lets go of it and only counts.

    The form then sees an empty file of the real size, and says both sizes at its field.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting a file."""
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a chunk while the file may still fit."""
        self.seen += len(raw_data)
        if self.seen <= settings.DOCUMENT_LIMIT:
            super().receive_data_chunk(raw_data, start)
        elif not self.file.closed:
            self.file.close()

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Return the file, or what stands in for one that is too large."""
        if self.seen <= settings.DOCUMENT_LIMIT:
            return super().file_complete(file_size)
        return InMemoryUploadedFile(
            BytesIO(), self.field_name, self.file_name or "", "", self.seen, None
        )
