<#import "template.ftl" as layout>
<#-- Name and password. A fault is told once, above the fields it is about, and tied to both. -->
<#assign wrong = messagesPerField.existsError('username','password')>
<@layout.registrationLayout displayMessage=!wrong; section>
  <#if section = "header">
    ${msg("loginAccountTitle")}
  <#elseif section = "form">
    <#if wrong>
      <div class="notice notice-error" id="input-error" role="alert">${kcSanitize(messagesPerField.getFirstError('username','password'))?no_esc}</div>
    </#if>
    <form id="kc-form-login" action="${url.loginAction}" method="post">
      <#if !usernameHidden??>
        <div class="field">
          <label for="username"><#if realm.loginWithEmailAllowed>${msg("usernameOrEmail")}<#else>${msg("username")}</#if></label>
          <input id="username" name="username" type="text" value="${(login.username!'')}" autocomplete="username" autocapitalize="none" spellcheck="false"
                 autofocus required<#if wrong> aria-invalid="true" aria-describedby="input-error"</#if>>
        </div>
      </#if>
      <div class="field">
        <label for="password">${msg("password")}</label>
        <div class="with-button">
          <input id="password" name="password" type="password" autocomplete="current-password" required<#if wrong> aria-invalid="true" aria-describedby="input-error"</#if>>
          <button type="button" aria-label="${msg("showPassword")}" aria-controls="password" data-password-toggle
                  data-icon-show="shown" data-icon-hide="hidden" data-label-show="${msg("showPassword")}" data-label-hide="${msg("hidePassword")}"><i aria-hidden="true"></i></button>
        </div>
      </div>
      <input type="hidden" id="id-hidden-input" name="credentialId" value="${(auth.selectedCredential)!''}">
      <div id="kc-form-buttons"><button type="submit" id="kc-login" name="login">${msg("doLogIn")}</button></div>
      <#if realm.resetPasswordAllowed>
        <p><a href="${url.loginResetCredentialsUrl}">${msg("doForgotPassword")}</a></p>
      </#if>
    </form>
    <#-- The certificate door (http/certificateDoor): the same login under way, shown with a certificate. -->
    <#assign door = (client.attributes['salter.certificate.door'])!''>
    <#if door?has_content>
      <section class="other-way">
        <p class="or"><span>${msg("or")}</span></p>
        <a class="quiet" id="e-signature" aria-describedby="e-signature-hint"
           href="${door}/realms/${realm.name}/login-actions/e-signature?client_id=${url.loginAction?keep_after("&client_id=")}&ui_locales=${(locale.currentLanguageTag)!'en'}">${msg("doESignature")}</a>
        <p class="hint" id="e-signature-hint">${msg("eSignatureHint")}</p>
      </section>
    </#if>
    <script type="module" src="${url.resourcesPath}/js/passwordVisibility.js"></script>
  <#elseif section = "socialProviders">
    <#if social?? && social.providers?has_content>
      <section class="providers">
        <h2>${msg("identity-provider-login-label")}</h2>
        <ul>
          <#list social.providers as provider>
            <li><a class="quiet" id="social-${provider.alias}" href="${provider.loginUrl}">${provider.displayName!}</a></li>
          </#list>
        </ul>
      </section>
    </#if>
  </#if>
</@layout.registrationLayout>
