//! Decompressors of the content codings, each with its cargo feature.

use std::io::{Error, ErrorKind, Result};

use bytes::{Buf, Bytes};

use super::coding::Decompressor;

/// The largest output of one step.
const PIECE: usize = 32 * 1024;

/// `gzip` (RFC 1952), with one or more concatenated streams.
#[cfg(feature = "gzip")]
pub(super) struct Gzip(flate2::write::MultiGzDecoder<Vec<u8>>);

#[cfg(feature = "gzip")]
impl Gzip {
    pub(super) fn new() -> Self {
        Self(flate2::write::MultiGzDecoder::new(Vec::new()))
    }
}

#[cfg(feature = "gzip")]
impl Decompressor for Gzip {
    fn push(&mut self, input: &mut Bytes, output: &mut Vec<u8>) -> Result<()> {
        use std::io::Write;
        let written = self.0.write(input)?;
        input.advance(written);
        if input.is_empty() {
            // Without flushing, data that the server has flushed would wait for its next data.
            self.0.flush()?;
        }
        output.append(self.0.get_mut());
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.0.try_finish()
    }
}

/// `deflate`: the zlib format (RFC 1950), or raw deflate (RFC 1951), which some servers send.
#[cfg(feature = "deflate")]
#[derive(Default)]
pub(super) struct Deflate {
    inflate: Option<flate2::Decompress>,
    is_over: bool,
}

#[cfg(feature = "deflate")]
impl Decompressor for Deflate {
    fn push(&mut self, input: &mut Bytes, output: &mut Vec<u8>) -> Result<()> {
        use flate2::{Decompress, FlushDecompress, Status};
        if self.is_over {
            return behind_the_end(input);
        }
        // No block of raw deflate begins with the bits of a zlib header.
        let is_zlib = input.first().is_some_and(|first| first & 0x8f == 8);
        let inflate = self.inflate.get_or_insert_with(|| Decompress::new(is_zlib));
        output.reserve_exact(PIECE);
        let before = inflate.total_in();
        let status = inflate.decompress_vec(input, output, FlushDecompress::None)?;
        let read = usize::try_from(inflate.total_in() - before).unwrap_or(input.len());
        if read == 0 && output.is_empty() && !input.is_empty() {
            return Err(Error::new(ErrorKind::InvalidData, "the data is corrupt"));
        }
        input.advance(read);
        self.is_over = status == Status::StreamEnd;
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        ended(self.is_over)
    }
}

/// `br` (RFC 7932).
#[cfg(feature = "brotli")]
pub(super) struct Brotli {
    state: Box<BrotliState>,
    is_over: bool,
}

#[cfg(feature = "brotli")]
type BrotliState = brotli_decompressor::BrotliState<
    brotli_decompressor::StandardAlloc,
    brotli_decompressor::StandardAlloc,
    brotli_decompressor::StandardAlloc,
>;

#[cfg(feature = "brotli")]
impl Brotli {
    pub(super) fn new() -> Self {
        use brotli_decompressor::StandardAlloc;
        let alloc = StandardAlloc::default;
        Self {
            state: Box::new(BrotliState::new(alloc(), alloc(), alloc())),
            is_over: false,
        }
    }
}

#[cfg(feature = "brotli")]
impl Decompressor for Brotli {
    fn push(&mut self, input: &mut Bytes, output: &mut Vec<u8>) -> Result<()> {
        use brotli_decompressor::{BrotliDecompressStream, BrotliResult};
        if self.is_over {
            return behind_the_end(input);
        }
        let (mut available, mut read) = (input.len(), 0);
        let (mut room, mut written) = (PIECE, 0);
        output.resize(PIECE, 0);
        let result = BrotliDecompressStream(
            &mut available,
            &mut read,
            input,
            &mut room,
            &mut written,
            output,
            &mut 0,
            &mut self.state,
        );
        input.advance(read);
        output.truncate(written);
        match result {
            BrotliResult::ResultFailure => {
                return Err(Error::new(ErrorKind::InvalidData, "the data is corrupt"));
            }
            BrotliResult::ResultSuccess => self.is_over = true,
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        ended(self.is_over)
    }
}

/// `zstd` (RFC 8878), with one or more frames.
#[cfg(feature = "zstd")]
pub(super) struct Zstd {
    context: zstd_safe::DCtx<'static>,
    /// Whether a frame has ended and no further one has begun.
    is_between: bool,
}

#[cfg(feature = "zstd")]
impl Default for Zstd {
    fn default() -> Self {
        let mut context = zstd_safe::DCtx::create();
        // A response may need windows of up to 8 MiB (RFC 9659).
        let _ = context.set_parameter(zstd_safe::DParameter::WindowLogMax(23));
        Self {
            context,
            is_between: false,
        }
    }
}

#[cfg(feature = "zstd")]
impl Decompressor for Zstd {
    fn push(&mut self, input: &mut Bytes, output: &mut Vec<u8>) -> Result<()> {
        if self.is_between && input.is_empty() {
            return Ok(());
        }
        output.reserve_exact(PIECE);
        let mut source = zstd_safe::InBuffer::around(input);
        let mut target = zstd_safe::OutBuffer::around(output);
        let left = self.context.decompress_stream(&mut target, &mut source);
        let left = left.map_err(|code| {
            let why = zstd_safe::get_error_name(code);
            Error::new(ErrorKind::InvalidData, why)
        })?;
        let read = source.pos();
        input.advance(read);
        self.is_between = left == 0;
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        ended(self.is_between)
    }
}

#[cfg(any(feature = "brotli", feature = "deflate"))]
fn behind_the_end(input: &Bytes) -> Result<()> {
    match input.is_empty() {
        true => Ok(()),
        false => Err(Error::new(ErrorKind::InvalidData, "data follows its end")),
    }
}

#[cfg(any(feature = "brotli", feature = "deflate", feature = "zstd"))]
fn ended(is_at_end: bool) -> Result<()> {
    match is_at_end {
        true => Ok(()),
        false => Err(Error::new(ErrorKind::UnexpectedEof, "it ends too early")),
    }
}
