package dev.fleetrunner.runtime.fake;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.Preparation;

/** One thing that a fake engine does, in the order of its script. */
public sealed interface Step {

    /** Tells how far a preparation is. */
    record Tell(Preparation preparation) implements Step {}

    /** The command writes. */
    record Write(LogStream stream, String text) implements Step {}

    /** Fails as the contract of a runtime allows. */
    record Fail(CauseCode code, String message) implements Step {}

    /** Fails as no runtime should. */
    record Crash(String message) implements Step {}

    /** Somebody outside does something now; says what. */
    record Cue(String what) implements Step {}

    /** Nothing more happens. */
    record Hang() implements Step {}

    /** The command runs until it is stopped. */
    record UntilStopped() implements Step {}

    /** The engine is gone: everything fails from here on. */
    record Die() implements Step {}
}
