//! The functions that a browser calls. Bytes go in and out through two buffers of the instance: the browser
//! asks for room, writes into it, calls, and reads what came out.

use std::cell::RefCell;
use std::panic;

use crate::session::Session;

/// What an instance holds.
#[derive(Default)]
struct Instance {
    session: Session,
    input: Vec<u8>,
    output: Vec<u8>,
}

thread_local! {
    static INSTANCE: RefCell<Instance> = RefCell::default();
    /// Apart from the rest, so that it can be written in the middle of a call.
    static PANIC: RefCell<Vec<u8>> = RefCell::default();
}

/// Makes room for so many bytes of input, and gives its address.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn input(n_bytes: usize) -> *mut u8 {
    INSTANCE.with_borrow_mut(|instance| {
        instance.input.clear();
        instance.input.resize(n_bytes, 0);
        instance.input.as_mut_ptr()
    })
}

/// Carries out the request in the input, and gives the length of the output.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn call() -> usize {
    with(Session::call)
}

/// Adds the world in the input, and gives the length of the output.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn add() -> usize {
    with(Session::add)
}

/// Address of the output.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn output() -> *const u8 {
    INSTANCE.with_borrow(|instance| instance.output.as_ptr())
}

/// Length of the message of the panic that ended the instance.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn panic_length() -> usize {
    PANIC.with_borrow(Vec::len)
}

/// Address of that message.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn panic_message() -> *const u8 {
    PANIC.with_borrow(Vec::as_ptr)
}

/// Keeps the message of a panic, which a browser would not see. To be called once, before all else.
#[expect(unsafe_code, reason = "a browser finds functions by their names")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn begin() {
    panic::set_hook(Box::new(|what| PANIC.set(what.to_string().into_bytes())));
}

fn with(work: impl FnOnce(&mut Session, &[u8]) -> Vec<u8>) -> usize {
    INSTANCE.with_borrow_mut(|instance| {
        instance.output = work(&mut instance.session, &instance.input);
        instance.output.len()
    })
}
