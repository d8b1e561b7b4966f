package org.lunwarden.io.simulated;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.IoResult;

/** The errors that a simulated kernel gives, with Linux's numbers and words. */
enum Errno {
    ENOENT(2, "No such file or directory"),
    EIO(5, "Input/output error"),
    ENXIO(6, "No such device or address"),
    EBUSY(16, "Device or resource busy"),
    ENODEV(19, "No such device"),
    EINVAL(22, "Invalid argument"),
    ENOTTY(25, "Inappropriate ioctl for device"),
    EBADF(9, "Bad file descriptor");

    final int number;
    final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    <T> IoResult<T> refused(String call) {
        return new IoResult.Refused<>(number, call, words);
    }

    <T> DeviceProbe.Answer<T> toProbe(String call) {
        return new DeviceProbe.Answer.Refused<>(number, call, words);
    }
}
