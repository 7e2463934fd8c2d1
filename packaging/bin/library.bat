@echo off
rem Runs the installed program with the given arguments.
rem UNTESTED: nobody has run this file on Windows so far. The program itself is tested on Linux only, too.
rem JAVA_HOME selects the Java runtime. LIBRARY_JAVA_OPTS adds options of the Java VM, for example -Xmx256m.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
rem Selects UTF-8 for the text on the console.
chcp 65001 >nul
"%JAVA%" -XX:+UseSerialGC %LIBRARY_JAVA_OPTS% -jar "%~dp0..\library.jar" %*
exit /b %ERRORLEVEL%
